@NullMarked
package dev.latchkey.agent.kafka;

import org.jspecify.annotations.NullMarked;
