using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Server.Audit;

namespace MLOpsGovernance.Server.Tests.Audit;

public sealed class AnEntryOfTheLog
{
    private static readonly Guid Id = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 11, 30, 13, 5, 9, 123, 456, TimeSpan.FromHours(1));

    [Fact]
    public void Is_the_canonical_json_of_its_event_whatever_that_holds()
    {
        var text = Gen.OneOf(Gen.String, Gen.String[Gen.Char['\u0000', '\u00ff'], 0, 20], Gen.Const("\"\\/é漢😀\u2028")).Where(s => IsUnicode(s));
        Gen.Select(text, text, text, Gen.Long[1, 1L << 40], Gen.Dictionary(text, text)[0, 8]).Sample((actor, stream, type, version, members) =>
        {
            var data = JsonSerializer.Serialize(members);
            var expected = CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(new
            {
                v = 1, id = Id.ToString(), stream, version, type, time = "2026-11-30T12:05:09.123456Z", actor, data = members,
            }).AsMemory());
            Encoding.UTF8.GetString(LogLeaf.Of(Id, 7, stream, version, type, At, actor, data).Bytes).ShouldBe(Encoding.UTF8.GetString(expected));
        }, iter: 2_000);
    }

    [Fact]
    public void Names_by_digest_what_would_make_it_too_long_and_keeps_that_apart()
    {
        var data = new JsonObject { ["b"] = new string('x', EntryBundle.MaxEntry), ["a"] = 1 };

        var leaf = LogLeaf.Of(Id, 7, "model:credit", 3, "model_registered", At, "ann", data.ToJsonString());

        var apart = leaf.Apart.ShouldNotBeNull();
        Encoding.UTF8.GetString(apart).ShouldStartWith("{\"a\":1,\"b\":\"xxx");
        Encoding.UTF8.GetString(leaf.Bytes).ShouldBe(
            $$"""{"actor":"ann","dataDigest":"{{Digest.Sha256(apart)}}","dataSize":{{apart.Length}},"id":"{{Id}}","stream":"model:credit","time":"2026-11-30T12:05:09.123456Z","type":"model_registered","v":1,"version":3}""");
    }

    private static bool IsUnicode(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);
}
