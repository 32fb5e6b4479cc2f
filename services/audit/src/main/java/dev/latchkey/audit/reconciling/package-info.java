/** Whether the places that keep credentials agree, and where not. Knows no technology. */
@NullMarked
package dev.latchkey.audit.reconciling;

import org.jspecify.annotations.NullMarked;
