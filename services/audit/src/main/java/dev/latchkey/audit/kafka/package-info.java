/** The credential history as it lies on its topic. */
@NullMarked
package dev.latchkey.audit.kafka;

import org.jspecify.annotations.NullMarked;
