/** Tests of dev.latchkey.router.runs. */
@NullMarked
package dev.latchkey.router.runs;

import org.jspecify.annotations.NullMarked;
