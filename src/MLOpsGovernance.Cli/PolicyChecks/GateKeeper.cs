namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>Asks the gate, and where told so asks again while only people's steps are missing.</summary>
internal sealed class GateKeeper(Run run)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The last decision. Each time it is a new question with an idempotency key of its own: a repeated key would be answered with the first decision for ever.
    /// </summary>
    /// <exception cref="CommandFailedException">There is no decision.</exception>
    public async Task<GateDecision> AskAsync(CheckQuestion question, TimeSpan wait, CancellationToken cancellationToken)
    {
        var time = run.Around.Time;
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            var decision = await AskAsync(question, cancellationToken);
            var left = wait - time.GetElapsedTime(began);
            if (!decision.WaitsForPeople || left <= TimeSpan.Zero) return decision;

            var next = left < pause ? left : pause;
            run.Screen.Note($"Waiting for people ({Missing(decision)}); asking again in {next.TotalSeconds:0} s, for another {left:d\\.hh\\:mm\\:ss} at most.");
            await Task.Delay(next, time, cancellationToken);
        }
    }

    private async Task<GateDecision> AskAsync(CheckQuestion question, CancellationToken cancellationToken)
    {
        var answer = await run.Server.SendAsync(HttpMethod.Post, "api/v1/policy-checks", question.Body, cancellationToken);
        if (run.IsJson && answer is { Status: >= 400, Code: not null }) run.Screen.Raw(answer.Text.TrimEnd());
        return GateDecision.Read(answer, question);
    }

    private static string Missing(GateDecision decision) => string.Join(", ", decision.Rules.Where(rule => rule.Blocks).Select(rule => rule.Name));

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
}
