@NullMarked
package dev.latchkey.audit.kafka;

import org.jspecify.annotations.NullMarked;
