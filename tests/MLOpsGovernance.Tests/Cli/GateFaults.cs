using System.Text;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Everything that may come instead of a decision. None of it allows anything.</summary>
internal static class GateFaults
{
    private static readonly Dictionary<string, RawAnswer> All = new(StringComparer.Ordinal)
    {
        ["connection reset"] = RawAnswer.Reset,
        ["closed without an answer"] = new([]),
        ["silence"] = RawAnswer.Hang,
        ["headers, then silence"] = new(RawAnswer.Head(200, "Content-Type: application/json", "Content-Length: 900"), Ending.Hang),
        ["half a body, then silence"] = new([.. RawAnswer.Head(200, "Content-Type: application/json", "Content-Length: 900"), .. Encoding.UTF8.GetBytes(GateAnswers.Allow[..60])], Ending.Hang),
        ["half a body, then the end"] = new([.. RawAnswer.Head(200, "Content-Type: application/json", $"Content-Length: {GateAnswers.Allow.Length * 2}"), .. Encoding.UTF8.GetBytes(GateAnswers.Allow)]),
        ["half a body that seems whole"] = RawAnswer.UntilClose(GateAnswers.Allow[..(GateAnswers.Allow.IndexOf("\"allowed\":true", StringComparison.Ordinal) + 15)]),
        ["all but the last brace"] = RawAnswer.UntilClose(GateAnswers.Allow[..^1]),
        ["a broken chunk"] = new([.. RawAnswer.Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked"), .. Encoding.UTF8.GetBytes($"zz\r\n{GateAnswers.Allow}\r\n0\r\n\r\n")]),
        ["chunks without an end"] = new([.. RawAnswer.Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked"), .. Encoding.UTF8.GetBytes($"{GateAnswers.Allow.Length:x}\r\n{GateAnswers.Allow}\r\n")]),
        ["no HTTP"] = new(Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.6\r\n")),
        ["an empty body"] = RawAnswer.Http(200, ""),
        ["no content"] = new(RawAnswer.Head(204)),
        ["a created allow"] = RawAnswer.Http(201, GateAnswers.Allow),
        ["a partial allow"] = RawAnswer.Http(206, GateAnswers.Allow),
        ["a sign-in page"] = RawAnswer.Http(200, "<!doctype html><html><body>Please sign in. <script>var x = {\"allowed\":true,\"outcome\":\"allow\"}</script></body></html>", "text/html"),
        ["garbage bytes"] = RawAnswer.Http(200, [0x1f, 0x8b, 0x08, 0x00, 0xff, 0xfe, 0x00, 0x7b, 0x7d]),
        ["an allow that is no UTF-8"] = RawAnswer.Http(200, [.. Encoding.UTF8.GetBytes(GateAnswers.Allow[..^1]), .. ",\"note\":\""u8, 0xff, .. "\"}"u8]),
        ["JSON that is no object"] = RawAnswer.Http(200, "\"allow\""),
        ["true"] = RawAnswer.Http(200, "true"),
        ["a list of an allow"] = RawAnswer.Http(200, $"[{GateAnswers.Allow}]"),
        ["an allow inside something else"] = RawAnswer.Http(200, $$"""{"data":{{GateAnswers.Allow}}}"""),
        ["two allows"] = RawAnswer.Http(200, GateAnswers.Allow + GateAnswers.Allow),
        ["nothing in braces"] = RawAnswer.Http(200, "{}"),
        ["only allowed"] = RawAnswer.Http(200, """{"allowed":true}"""),
        ["an unknown outcome"] = With(json => json["outcome"] = "permit"),
        ["an outcome in capitals"] = With(json => json["outcome"] = "ALLOW"),
        ["no outcome"] = With(json => json.Remove("outcome")),
        ["an allowed deny"] = With(json => json["outcome"] = "deny"),
        ["an allowed error"] = With(json => json["outcome"] = "error"),
        ["an allow that is not allowed"] = With(json => json["allowed"] = false),
        ["allowed as text"] = With(json => json["allowed"] = "true"),
        ["allowed as a number"] = With(json => json["allowed"] = 1),
        ["allowed missing"] = With(json => json.Remove("allowed")),
        ["allowed twice"] = RawAnswer.Http(200, GateAnswers.Allow.Replace("\"allowed\":true", "\"allowed\":false,\"allowed\":true", StringComparison.Ordinal)),
        ["no decision id"] = With(json => json.Remove("decisionId")),
        ["an empty decision id"] = With(json => json["decisionId"] = ""),
        ["the allow of another model"] = With(json => json["model"] = "other"),
        ["the allow of another version"] = With(json => json["version"] = 2),
        ["the allow of another environment"] = With(json => json["environment"] = "staging"),
        ["the allow of another digest"] = With(json => json["artifactDigest"] = "sha256:" + new string('0', 64)),
        ["the allow of another action"] = With(json => json["action"] = "rollback"),
        ["the allow of a dry run"] = With(json => json["dryRun"] = true),
        ["a permanent redirect"] = RawAnswer.Http(301, GateAnswers.Allow, headers: "Location: /elsewhere"),
        ["a redirect"] = RawAnswer.Http(302, "", headers: "Location: https://sso.example.org/login"),
        ["not modified"] = new(RawAnswer.Head(304)),
        ["a server error with an allow"] = RawAnswer.Http(500, GateAnswers.Allow),
        ["a bad gateway's page"] = RawAnswer.Http(502, "<html>Bad Gateway</html>", "text/html"),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static RawAnswer Of(string name) => All[name];

    private static RawAnswer With(Action<System.Text.Json.Nodes.JsonObject> change) => RawAnswer.Http(200, GateAnswers.With(GateAnswers.Allow, change));
}
