/** Which credential a user's agents use now. */
@NullMarked
package dev.latchkey.router.defaults;

import org.jspecify.annotations.NullMarked;
