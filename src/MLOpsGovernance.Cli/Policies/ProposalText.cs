using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>A proposal for people: what would be different, what that would have meant, and who must do what next.</summary>
internal static class ProposalText
{
    public static void Show(Screen screen, JsonElement proposal)
    {
        screen.Say($"{proposal.TextOf("id")}  {proposal.TextOf("state")}  {proposal.TextOf("digest")}  by {string.Join(", ", proposal.TextsOf("proposedBy"))} on {proposal.TextOf("proposedAt")}");
        if (proposal.TextOf("reason") is { } reason) screen.Say($"  {reason}");
        foreach (var document in proposal.EachOf("changes"))
        {
            var authors = document.TextsOf("authors");
            screen.Say($"  {document.TextOf("change")}: {document.TextOf("path")}{(authors.Count == 0 ? "" : $", written by {string.Join(", ", authors)}")}");
        }

        if (proposal.Of("difference") is { } difference) Difference(screen, difference);
        foreach (var obstacle in proposal.EachOf("obstacles")) screen.Say($"  [red]obstacle[/] {obstacle.TextOf("code")}: {obstacle.TextOf("why")}");
        if (proposal.TextOf("closedBy") is { } by) screen.Say($"  {proposal.TextOf("state")} by {by}{(proposal.TextOf("closingReason") is { } why ? $": {why}" : "")}");
        if (proposal.TextOf("waitsFor") is { } next) screen.Say($"  Waits for {next}.");
    }

    public static void Change(Screen screen, string effect, string sentence)
    {
        switch (effect)
        {
            case "relaxed": screen.Say($"  [yellow]relaxed[/]    {sentence}"); break;
            case "tightened": screen.Say($"  [green]tightened[/]  {sentence}"); break;
            default: screen.Say($"  {effect,-9}  {sentence}"); break;
        }
    }

    private static void Difference(Screen screen, JsonElement difference)
    {
        foreach (var change in difference.EachOf("changes")) Change(screen, change.TextOf("effect") ?? "", change.TextOf("sentence") ?? "");
        if (difference.Of("tests") is { } tests)
        {
            screen.Say($"  Tests: {tests.WholeOf("cases") ?? 0} in {tests.WholeOf("files") ?? 0} files, {tests.WholeOf("failures") ?? 0} fail.");
            foreach (var failure in tests.TextsOf("failed")) screen.Say($"    {failure}");
        }

        if (difference.Of("flips") is not { } flips) return;
        screen.Say($"  Of the last {flips.WholeOf("decisions") ?? 0} decisions, {flips.WholeOf("stricter") ?? 0} would no longer be let through and {flips.WholeOf("looser") ?? 0} would be now.");
        foreach (var flip in flips.EachOf("examples"))
            screen.Say($"    {flip.TextOf("model")} version {flip.WholeOf("version")} to {flip.TextOf("environment")}: {flip.TextOf("was")} would be {flip.TextOf("becomes")} ({string.Join("; ", flip.TextsOf("cause"))})");
    }
}
