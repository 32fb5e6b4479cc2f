/** What agents may use, and where it comes from. Knows no technology. */
@NullMarked
package dev.latchkey.agent.tools;

import org.jspecify.annotations.NullMarked;
