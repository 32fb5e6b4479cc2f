/** Whether a stored key still works. Knows no technology. */
@NullMarked
package dev.latchkey.agent.checking;

import org.jspecify.annotations.NullMarked;
