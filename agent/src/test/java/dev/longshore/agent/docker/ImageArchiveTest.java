package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ImageArchiveTest {
  private static final RootFile PAGE = RootFile.text("www/index.html", 0644, "hello\n");
  private static final RootFile LINK = RootFile.link("bin/sh", "busybox");
  private static final Json.Fields CONFIG = Json.fields().with("Cmd", Json.items(List.of("sh")));

  private static byte[] bytes(Upload upload) throws IOException {
    var out = new ByteArrayOutputStream();
    upload.writeTo(out);
    return out.toByteArray();
  }

  /** A tar archive's entries by "type path mode", read by the fields' offsets in the standard. */
  private static Map<String, byte[]> entries(byte[] tar) {
    var entries = new LinkedHashMap<String, byte[]>();
    var at = 0;
    while (tar[at] != 0) {
      var path = text(tar, at + 345, 155);
      path = (path.isEmpty() ? "" : path + "/") + text(tar, at, 100);
      var size = Integer.parseInt(text(tar, at + 124, 12), 8);
      var entry = (char) tar[at + 156] + " " + path + " " + text(tar, at + 100, 8);
      entries.put(entry, Arrays.copyOfRange(tar, at + 512, at + 512 + size));
      at += 512 + (size + 511) / 512 * 512;
    }
    assertThat(tar.length - at).isEqualTo(1024);
    return entries;
  }

  private static String text(byte[] tar, int offset, int length) {
    var text = new String(tar, offset, length, StandardCharsets.UTF_8);
    var end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static byte[] named(Map<String, byte[]> entries, String name) {
    return Objects.requireNonNull(entries.get(name), name);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void the_same_files_in_another_order_make_the_same_bytes() throws IOException {
    var one = ImageArchive.of("a:1", List.of(PAGE, LINK), CONFIG);
    var other = ImageArchive.of("a:1", List.of(LINK, PAGE), CONFIG);
    assertThat(bytes(one)).isEqualTo(bytes(other)).isEqualTo(bytes(one));
    assertThat(one.imageId()).isEqualTo(other.imageId());
    var changed = ImageArchive.of("a:1", List.of(PAGE), CONFIG);
    assertThat(changed.imageId()).isNotEqualTo(one.imageId());
  }

  @Test
  void manifest_config_and_layer_name_each_other_by_their_digests() throws Exception {
    var archive = ImageArchive.of("a:1", List.of(PAGE, LINK), CONFIG);
    var entries = entries(bytes(archive));
    var byName = new LinkedHashMap<String, byte[]>();
    entries.forEach((entry, content) -> byName.put(entry.split(" ")[1], content));
    var manifest = JsonText.parse(named(byName, "manifest.json")).elements().getFirst();
    assertThat(manifest.at("RepoTags").texts()).containsExactly("a:1");
    var config = named(byName, manifest.at("Config").text());
    assertThat("sha256:" + sha256(config)).isEqualTo(archive.imageId());
    var layer = named(byName, manifest.at("Layers").texts().getFirst());
    assertThat(JsonText.parse(config).at("rootfs", "diff_ids").texts())
        .containsExactly("sha256:" + sha256(layer));
    assertThat(JsonText.parse(config).at("config")).isEqualTo(CONFIG);
    assertThat(entries(layer).keySet())
        .containsExactly(
            "5 bin/ 0000755", "2 bin/sh 0000777", "5 www/ 0000755", "0 www/index.html 0000644");
    assertThat(entries(layer).get("0 www/index.html 0000644"))
        .isEqualTo("hello\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_long_path_is_divided_and_a_longer_one_stands_before_its_header() throws IOException {
    var directory = "d".repeat(90);
    var path = directory + "/" + "f".repeat(90);
    var tar = new ByteArrayOutputStream();
    var writer = new TarWriter(tar);
    writer.file(path, 0600, 0, out -> {});
    writer.end();
    assertThat(entries(tar.toByteArray())).containsOnlyKeys("0 " + path + " 0000600");
    var longer = new ByteArrayOutputStream();
    var further = new TarWriter(longer);
    further.file("f".repeat(101), 0600, 0, out -> {});
    further.end();
    var record = "111 path=" + "f".repeat(101) + "\n";
    assertThat(entries(longer.toByteArray()))
        .containsOnlyKeys("x pax 0000644", "0 " + "f".repeat(100) + " 0000600")
        .containsEntry("x pax 0000644", record.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_file_that_grew_in_the_meantime_is_noticed() {
    var grown = new RootFile.Plain("f", 0600, 3, out -> out.write(new byte[4]));
    assertThatThrownBy(() -> ImageArchive.of("a:1", List.of(grown), CONFIG))
        .hasMessageContaining("f has 4 bytes, not 3");
  }

  @Test
  void a_path_may_not_occur_twice() {
    assertThatThrownBy(() -> ImageArchive.of("a:1", List.of(PAGE, PAGE), CONFIG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("twice in the image: www/index.html");
  }
}
