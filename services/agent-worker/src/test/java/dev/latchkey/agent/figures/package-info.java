/** Tests of dev.latchkey.agent.figures. */
@NullMarked
package dev.latchkey.agent.figures;

import org.jspecify.annotations.NullMarked;
