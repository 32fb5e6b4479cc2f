/** Child processes that end when their parent does. */
@NullMarked
package dev.latchkey.embedded.process;

import org.jspecify.annotations.NullMarked;
