/** What the commands print and write. */
@NullMarked
package dev.latchkey.audit.output;

import org.jspecify.annotations.NullMarked;
