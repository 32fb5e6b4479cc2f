@NullMarked
package dev.latchkey.api.following;

import org.jspecify.annotations.NullMarked;
