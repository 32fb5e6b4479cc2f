@NullMarked
package dev.latchkey.agent.payloads;

import org.jspecify.annotations.NullMarked;
