/** Tests of the router on a real broker. */
@NullMarked
package dev.latchkey.router.kafka;

import org.jspecify.annotations.NullMarked;
