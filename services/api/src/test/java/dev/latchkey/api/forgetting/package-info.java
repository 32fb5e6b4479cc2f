@NullMarked
package dev.latchkey.api.forgetting;

import org.jspecify.annotations.NullMarked;
