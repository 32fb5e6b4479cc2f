/** Who gets how much of a worker's room. Knows no technology. */
@NullMarked
package dev.latchkey.agent.sharing;

import org.jspecify.annotations.NullMarked;
