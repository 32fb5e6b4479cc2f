/** Tests of the service as a whole. */
@NullMarked
package dev.latchkey.router;

import org.jspecify.annotations.NullMarked;
