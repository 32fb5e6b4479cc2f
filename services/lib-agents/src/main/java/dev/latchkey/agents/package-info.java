/** The agents that users can ask, as their operator describes them. */
@NullMarked
package dev.latchkey.agents;

import org.jspecify.annotations.NullMarked;
