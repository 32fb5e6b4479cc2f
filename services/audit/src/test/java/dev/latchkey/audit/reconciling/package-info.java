@NullMarked
package dev.latchkey.audit.reconciling;

import org.jspecify.annotations.NullMarked;
