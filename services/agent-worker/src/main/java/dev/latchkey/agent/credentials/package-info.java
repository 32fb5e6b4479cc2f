/** Which key a task may use, and whether it still may. Knows no technology. */
@NullMarked
package dev.latchkey.agent.credentials;

import org.jspecify.annotations.NullMarked;
