@org.jspecify.annotations.NullMarked
package dev.longshore.core;
