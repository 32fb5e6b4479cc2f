/** Tests of dev.latchkey.agent.json. */
@NullMarked
package dev.latchkey.agent.json;

import org.jspecify.annotations.NullMarked;
