/** Tests of dev.latchkey.router.topology. */
@NullMarked
package dev.latchkey.router.topology;

import org.jspecify.annotations.NullMarked;
