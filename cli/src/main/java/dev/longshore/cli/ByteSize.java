package dev.longshore.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as users write it: {@code 1048576}, {@code 500M}, {@code 2T}. */
final class ByteSize implements ITypeConverter<Long> {
  private static final String UNITS = "KMGT";
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9})([" + UNITS + "]?)");

  @Override
  public Long convert(String text) {
    Matcher size = FORM.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is no size such as 500M, 20G or 2T");
    }
    int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + text + "' is larger than any disk");
    }
  }
}
