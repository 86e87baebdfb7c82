package dev.longshore.cli.image;

import java.util.function.LongConsumer;

/** Is told how something that takes long gets on. */
public interface Transfer {
  /**
   * Begins something.
   *
   * @param size bytes in all; negative where nobody knows
   * @return takes how many bytes are done so far; may be called often
   */
  LongConsumer begin(String what, long size);

  /** That which was begun last is over. */
  void end(String outcome);

  /** Tells nobody. */
  Transfer SILENT =
      new Transfer() {
        @Override
        public LongConsumer begin(String what, long size) {
          return done -> {};
        }

        @Override
        public void end(String outcome) {}
      };
}
