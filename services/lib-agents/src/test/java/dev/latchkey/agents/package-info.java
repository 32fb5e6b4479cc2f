@NullMarked
package dev.latchkey.agents;

import org.jspecify.annotations.NullMarked;
