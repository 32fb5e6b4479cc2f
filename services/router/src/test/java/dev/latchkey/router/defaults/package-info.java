/** Tests of dev.latchkey.router.defaults. */
@NullMarked
package dev.latchkey.router.defaults;

import org.jspecify.annotations.NullMarked;
