/** How tasks are taken from the broker so that a slow one holds up no other, and how results get back to it. */
@NullMarked
package dev.latchkey.agent.kafka;

import org.jspecify.annotations.NullMarked;
