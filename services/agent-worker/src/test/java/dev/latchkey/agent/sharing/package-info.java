@NullMarked
package dev.latchkey.agent.sharing;

import org.jspecify.annotations.NullMarked;
