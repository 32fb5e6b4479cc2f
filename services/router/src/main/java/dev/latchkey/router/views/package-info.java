/** What can be asked about the state of a user. */
@NullMarked
package dev.latchkey.router.views;

import org.jspecify.annotations.NullMarked;
