package dev.longshore.server.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FlightTest {
  private final Flight flight = new Flight();

  private Optional<Flight.Ticket> board(int bytes) {
    return Optional.ofNullable(flight.board(bytes, Parts.count(bytes), true));
  }

  /** Boards on another thread, and returns once that thread waits. */
  private CompletableFuture<Optional<Flight.Ticket>> boardWaiting() {
    CompletableFuture<Optional<Flight.Ticket>> boarded = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().start(() -> boarded.complete(board(1)));
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(boarded).isNotDone();
    return boarded;
  }

  private void fill() {
    flight.open(1);
    for (int i = 0; i < Log.MAX_IN_FLIGHT_ENTRIES; i++) {
      assertThat(board(1)).isPresent();
    }
  }

  @Test
  void nobody_boards_before_this_node_leads() {
    assertThat(board(1)).isEmpty();
  }

  @Test
  void an_append_waits_for_room_and_goes_on_when_the_oldest_has_landed() throws Exception {
    fill();
    CompletableFuture<Optional<Flight.Ticket>> waiting = boardWaiting();

    assertThat(flight.landed(1, 0)).isNotNull();

    assertThat(waiting.get(30, SECONDS)).isPresent();
  }

  @Test
  void an_append_that_waits_is_turned_away_when_leadership_is_lost() throws Exception {
    fill();
    CompletableFuture<Optional<Flight.Ticket>> waiting = boardWaiting();

    flight.close(1);

    assertThat(waiting.get(30, SECONDS)).isEmpty();
    assertThat(flight.abandon()).hasSize(Log.MAX_IN_FLIGHT_ENTRIES);
  }

  @Test
  void whoever_would_have_to_make_the_room_is_told_instead_of_waiting_forever() {
    fill();

    assertThatThrownBy(() -> flight.board(1, 1, false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void only_so_many_bytes_board_but_a_single_append_always_does() throws Exception {
    flight.open(1);
    assertThat(board(Log.MAX_IN_FLIGHT_BYTES)).isPresent();
    CompletableFuture<Optional<Flight.Ticket>> waiting = boardWaiting();

    assertThat(flight.landed(1, Parts.count(Log.MAX_IN_FLIGHT_BYTES) - 1)).isNotNull();

    assertThat(waiting.get(30, SECONDS)).isPresent();
  }

  @Test
  void only_the_last_part_of_the_oldest_append_lands_it() {
    flight.open(3);
    Optional<Flight.Ticket> first = board(Parts.BYTES);
    Optional<Flight.Ticket> second = board(1);

    assertThat(flight.landed(3, 0)).isNull();
    assertThat(flight.landed(2, 1)).isNull();
    assertThat(Optional.ofNullable(flight.landed(3, 1))).isEqualTo(first);
    assertThat(Optional.ofNullable(flight.landed(3, 2))).isEqualTo(second);
  }

  @Test
  void a_leadership_lost_long_ago_does_not_close_the_present_one() {
    flight.open(1);
    flight.open(2);

    flight.close(1);

    assertThat(flight.isOpen()).isTrue();
    assertThat(board(1).orElseThrow().first).isZero();
  }
}
