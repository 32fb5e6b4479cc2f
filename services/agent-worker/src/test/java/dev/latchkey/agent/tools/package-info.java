/** Tests of dev.latchkey.agent.tools. */
@NullMarked
package dev.latchkey.agent.tools;

import org.jspecify.annotations.NullMarked;
