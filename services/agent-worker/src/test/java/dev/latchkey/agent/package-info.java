@NullMarked
package dev.latchkey.agent;

import org.jspecify.annotations.NullMarked;
