/** The contracts of the pipeline: its topics, the events on them, and the bytes they travel as. */
@NullMarked
package dev.latchkey.schemas;

import org.jspecify.annotations.NullMarked;
