/** How one task becomes one result. Knows no technology. */
@NullMarked
package dev.latchkey.agent.answering;

import org.jspecify.annotations.NullMarked;
