/** The life of a prompt: routed, tried, tried again, ended once, remembered for a while. */
@NullMarked
package dev.latchkey.router.runs;

import org.jspecify.annotations.NullMarked;
