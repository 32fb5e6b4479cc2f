@NullMarked
package dev.latchkey.audit.history;

import org.jspecify.annotations.NullMarked;
