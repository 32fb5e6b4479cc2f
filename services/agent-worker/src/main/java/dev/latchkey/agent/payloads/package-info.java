/** Sealed prompts and their answers: who may read them, and what is done when nobody may any more. */
@NullMarked
package dev.latchkey.agent.payloads;

import org.jspecify.annotations.NullMarked;
