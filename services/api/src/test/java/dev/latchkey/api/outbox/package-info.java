@NullMarked
package dev.latchkey.api.outbox;

import org.jspecify.annotations.NullMarked;
