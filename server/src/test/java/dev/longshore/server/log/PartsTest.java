package dev.longshore.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final ByteString FULL = ByteString.copyFrom(new byte[Parts.BYTES]);

  private final Parts parts = new Parts();

  private static LogEntryProto logged(long term, long claimed, long position, ByteString data) {
    return LogEntryProto.newBuilder()
        .setTerm(term)
        .setStateMachineLogEntry(
            StateMachineLogEntryProto.newBuilder()
                .setClientId(Parts.client(claimed).toByteString())
                .setCallId(position)
                .setLogData(data))
        .build();
  }

  private static LogEntryProto logged(long term, long position, String data) {
    return logged(term, term, position, ByteString.copyFromUtf8(data));
  }

  @Test
  void an_entry_is_cut_into_full_parts_and_a_shorter_last_one() {
    byte[] entry = new byte[2 * Parts.BYTES];

    assertThat(Parts.count(entry.length)).isEqualTo(3);
    assertThat(Parts.cut(entry, 1).size()).isEqualTo(Parts.BYTES);
    assertThat(Parts.cut(entry, 2).size()).isZero();
    assertThat(Parts.count(0)).isEqualTo(1);
    assertThat(Parts.count(Parts.BYTES - 1)).isEqualTo(1);
  }

  @Test
  void full_parts_are_gathered_until_a_shorter_one_comes() {
    assertThat(parts.add(logged(1, 1, 0, FULL))).isFalse();
    assertThat(parts.add(logged(1, 1, "end"))).isTrue();

    assertThat(parts.take()).hasSize(Parts.BYTES + 3).endsWith("end".getBytes(UTF_8));
    assertThat(parts.add(logged(1, 2, "next"))).isTrue();
    assertThat(parts.take()).asString(UTF_8).isEqualTo("next");
  }

  @Test
  void what_was_decided_under_another_term_than_it_was_logged_in_is_void() {
    assertThat(parts.add(logged(5, 0, "a"))).isTrue();
    parts.drop();

    assertThat(parts.add(logged(7, 5, 2, ByteString.copyFromUtf8("late")))).isFalse();

    assertThat(parts.add(logged(7, 0, "b"))).isTrue();
    assertThat(parts.take()).asString(UTF_8).isEqualTo("b");
  }

  @Test
  void an_entry_that_its_leader_could_not_finish_is_dropped() {
    assertThat(parts.add(logged(1, 1, 0, FULL))).isFalse();

    assertThat(parts.add(logged(2, 0, "b"))).isTrue();

    assertThat(parts.take()).asString(UTF_8).isEqualTo("b");
  }

  @Test
  void a_missing_part_is_not_passed_over() {
    assertThat(parts.add(logged(1, 0, "a"))).isTrue();
    parts.drop();

    assertThatThrownBy(() -> parts.add(logged(1, 2, "c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("part 2 of term 1 follows part 0");
  }

  @Test
  void after_a_snapshot_the_log_goes_on_anywhere() {
    assertThat(parts.add(logged(1, 1, 0, FULL))).isFalse();
    parts.restart();

    assertThat(parts.add(logged(1, 40, "later"))).isTrue();
    assertThat(parts.take()).asString(UTF_8).isEqualTo("later");
  }
}
