using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Integrations.AuthZen;

/// <summary>The gate by the OpenID AuthZEN Authorization API 1.0. Each evaluation is a check as any other: recorded, limited, signed in; whatever cannot be judged is <c>false</c>.</summary>
internal static class AuthZenEndpoints
{
    public const int MostEvaluations = 20;

    private const string ExecuteAll = "execute_all", FirstDeny = "deny_on_first_deny", FirstPermit = "permit_on_first_permit";

    public static void MapAuthZen(this IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/authzen-configuration", (HttpContext context) =>
        {
            var here = $"{context.Request.Scheme}://{context.Request.Host}";
            return Results.Json(new AuthZenMetadata(here, $"{here}/access/v1/evaluation", $"{here}/access/v1/evaluations"), Json.Lenient);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/access/v1/evaluation", async (Body<EvaluationBody> body, HttpContext context, AuthZenQuestions questions, IMediator mediator, CancellationToken cancellationToken) =>
            {
                Echo(context);
                if (AuthZenQuestions.Read(body.Value) is var asked && !await questions.MayDeployAsync(body.Value.Subject!.Id, asked.Model)) return Answer(Stranger);
                var q = await questions.CompletedAsync(asked);
                var answer = await mediator.Send(new CheckPolicy(q.Model, q.Version, q.Environment, q.Action, q.ArtifactDigest, false, q.Stage), cancellationToken);
                return answer.Value is { } decision ? Answer(Of(decision)) : answer.ToHttp();
            })
            .RequireRateLimiting(CheckLimit.Name).ExcludeFromDescription();
        app.MapPost("/access/v1/evaluations", async (Body<EvaluationsBody> body, HttpContext context, AuthZenQuestions questions, CheckBudget budget, IMediator mediator, Caller caller, CancellationToken cancellationToken) =>
            {
                Echo(context);
                var (items, single, semantic, key) = (Items(body.Value), body.Value.Evaluations is not [_, ..], Semantic(body.Value), caller.IdempotencyKey);
                List<EvaluationAnswer> answers = [];
                foreach (var item in items)
                {
                    // Each is a decision of its own, so each has a key of its own.
                    if (key is not null && !single) caller.IdempotencyKey = $"{key}.{answers.Count}";
                    // The call itself took one question already.
                    var (asked, fault) = answers.Count > 0 && !budget.Take(CheckLimit.Identity(context)) ? (null, TooMany) : Read(item, single);
                    if (fault is not null) answers.Add(fault);
                    else if (!await questions.MayDeployAsync(item.Subject!.Id, asked!.Model)) answers.Add(Stranger);
                    else
                    {
                        var q = await questions.CompletedAsync(asked);
                        var answer = await mediator.Send(new CheckPolicy(q.Model, q.Version, q.Environment, q.Action, q.ArtifactDigest, false, q.Stage), cancellationToken);
                        if (single && answer.Value is null) return answer.ToHttp();
                        answers.Add(answer.Value is { } decision ? Of(decision) : new(false, new(answer.Refusal!.Code, answer.Refusal.Why, null, null)));
                    }

                    if ((semantic == FirstDeny && !answers[^1].Decision) || (semantic == FirstPermit && answers[^1].Decision)) break;
                }

                return single ? Answer(answers[0]) : Results.Json(new EvaluationsAnswer(answers), Json.Lenient);
            })
            .RequireRateLimiting(CheckLimit.Name).ExcludeFromDescription();
    }

    private static EvaluationAnswer Stranger { get; } = new(false, new("subject-may-not-deploy", "Nobody knows this subject as somebody who may deploy: a member of the owning team, or the holder of a role that deploys.", null, null));

    private static EvaluationAnswer TooMany { get; } = new(false, new(CheckLimit.Code, "More checks were asked for in a second than are allowed, and each evaluation is one. No decision was made; ask again.", null, null));

    private static IResult Answer(EvaluationAnswer answer) => Results.Json(answer, Json.Lenient);

    private static EvaluationAnswer Of(DecisionView decision)
    {
        string[] against = [.. decision.Rules.Where(r => r.Result is "fail" or "error" && r.Level == "mandatory").Select(r => r.Rule)];
        var reason = decision.Allowed ? null : decision.Rules.FirstOrDefault(r => r.Result is "fail" or "error" && r.Level == "mandatory")?.Message ?? decision.Code ?? "no policy lets it through";
        return new(decision.Allowed, new(decision.Allowed ? null : decision.Code ?? decision.Outcome, reason, decision.DecisionId, against.Length == 0 ? null : against));
    }

    /// <summary>What an item leaves out is said once for all.</summary>
    private static IReadOnlyList<EvaluationBody> Items(EvaluationsBody body)
    {
        if (body.Evaluations is not [_, ..] items) return [new(body.Subject, body.Action, body.Resource, body.Context)];
        if (items.Count > MostEvaluations) throw Bad("evaluations", $"a batch has at most {MostEvaluations} evaluations.");
        return [.. items.Select(i => new EvaluationBody(i.Subject ?? body.Subject, i.Action ?? body.Action, i.Resource ?? body.Resource, i.Context ?? body.Context))];
    }

    private static string Semantic(EvaluationsBody body) =>
        body.Options?.EvaluationsSemantic is not { } semantic ? ExecuteAll
        : semantic is ExecuteAll or FirstDeny or FirstPermit ? semantic
        : throw Bad("options.evaluations_semantic", $"must be one of {ExecuteAll}, {FirstDeny}, {FirstPermit}.");

    /// <summary>In a batch what cannot be read is a no of its own.</summary>
    private static (GateQuestion? Asked, EvaluationAnswer? Fault) Read(EvaluationBody item, bool single)
    {
        try
        {
            return (AuthZenQuestions.Read(item), null);
        }
        catch (BadRequestException e) when (!single)
        {
            return (null, new(false, new(e.Code, e.Message, null, null)));
        }
    }

    private static void Echo(HttpContext context)
    {
        if (context.Request.Headers["X-Request-ID"].ToString() is { Length: >= 1 and <= 128 } id && id.All(c => c is > ' ' and <= '~')) context.Response.Headers["X-Request-ID"] = id;
    }

    private static BadRequestException Bad(string field, string why) => new(400, "invalid-evaluation", $"{field}: {why}", new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] });
}
