@NullMarked
package dev.latchkey.agent.answering;

import org.jspecify.annotations.NullMarked;
