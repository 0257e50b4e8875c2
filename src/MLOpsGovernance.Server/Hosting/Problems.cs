using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Ui;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Every error in one shape: problem+json (RFC 9457) with a stable code. The only place that turns refusals and exceptions into HTTP.</summary>
internal static partial class Problems
{
    private static readonly string[] NoNul = ["holds a NUL character; none may."];

    public static IResult ToHttp<T>(this Result<T> result)
    {
        if (result.Refusal is not { } refusal)
            return new JsonAnswer<T>(result.Value!, result.Created ?? result.Accepted, result.Edition, result.Accepted is null ? 201 : 202);
        return result.Errors is { } errors ? Problem(400, refusal.Code, refusal.Why, errors, result.Extension) : Problem(Status(refusal), refusal.Code, refusal.Why, null, result.Extension);
    }

    public static IResult Problem(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null, object? extension = null)
    {
        var problem = new ProblemDetails { Status = status, Title = Title(status), Detail = detail, Type = $"https://www.rfc-editor.org/rfc/rfc9110#status.{status}" };
        problem.Extensions["code"] = code;
        if (errors is not null) problem.Extensions["errors"] = errors;
        if (Activity.Current?.TraceId.ToHexString() is { } trace) problem.Extensions["traceId"] = trace;
        foreach (var property in extension?.GetType().GetProperties() ?? [])
            problem.Extensions[System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = property.GetValue(extension);
        return Results.Json(problem, Json.Lenient, "application/problem+json", status);
    }

    /// <summary>Exceptions, and answers without a body such as an unmatched route, become problems too.</summary>
    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var failed = context.Features.Get<IExceptionHandlerFeature>()!;
                if (ClientFault(failed.Error) is { } code)
                    log.LogInformation("{Method} {Route} was refused: {Code}", Method(context), Route(failed.Endpoint), code);
                return Explain(failed.Error, context).ExecuteAsync(context);
            },
            // What a caller did wrong, or another node did first, is no error of ours. An absent provider is logged where it is asked.
            SuppressDiagnosticsCallback = failed =>
                ClientFault(failed.Exception) is not null || failed.Exception is StaleActivationException or GuardFailedException or IdentityProviderUnavailableException or RegisterBehindException,
        });
        app.UseStatusCodePages(async status =>
        {
            var (context, code) = (status.HttpContext, status.HttpContext.Response.StatusCode);
            if (PageSetup.Fault(context, code, code == 404 ? "not-found" : "error", code == 404 ? "There is nothing at this address." : Title(code)) is { } page)
            {
                await page.ExecuteAsync(context);
                return;
            }

            if (code == 401 && context.Response.Headers.WWWAuthenticate.Count == 0) context.Response.Headers.WWWAuthenticate = "Bearer";
            await (code switch
            {
                401 => Problem(401, "unauthenticated", "Send 'Authorization: Bearer …' with a token that this service accepts."),
                403 => Problem(403, "forbidden", "This caller may not do that."),
                404 => Problem(404, "not-found", $"There is nothing at {context.Request.Path}; the API is described at /openapi/v1.json."),
                405 => Problem(405, "method-not-allowed", $"{context.Request.Method} is not possible at {context.Request.Path}; allowed: {context.Response.Headers.Allow}."),
                415 => Problem(415, "unsupported-media-type", "The body must be application/json."),
                _ => Problem(code, "error", Title(code)),
            }).ExecuteAsync(context);
        });
        app.Use((context, next) =>
            // PostgreSQL has no text with NUL and would refuse the query as if it were at fault.
            context.Request.Query.Where(field => field.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) ?? false)).Select(field => field.Key).ToArray() is [_, ..] fields
                ? throw new BadRequestException(400, "malformed-request", $"{string.Join(", ", fields)}: a parameter of the query holds no NUL character.",
                    fields.ToDictionary(field => field, _ => NoNul, StringComparer.Ordinal))
                : next(context));
    }

    /// <summary>The code of what only the caller can mend, else null. One line of the log without a stack is all that it costs us, and nothing that the caller sent stands in it.</summary>
    private static string? ClientFault(Exception e) => e switch
    {
        BadRequestException bad => bad.Code,
        BadHttpRequestException { StatusCode: 413 } => "body-too-large",
        BadHttpRequestException => "malformed-request",
        _ when StoreErrors.IsRefusedData(e) => $"invalid-text ({StoreErrors.SqlState(e)})",
        _ => null,
    };

    /// <summary>A method that is none of HTTP's is the caller's own text.</summary>
    private static string Method(HttpContext context) => HttpMethods.GetCanonicalizedValue(context.Request.Method) is var method && method.All(char.IsAsciiLetterUpper) && method.Length <= 7 ? method : "(another method)";

    private static string Route(Endpoint? endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } route ? $"/{route.Trim('/')}" : "(no such route)";

    private static IResult Explain(Exception e, HttpContext context)
    {
        if (e is OperationCanceledException && context.RequestAborted.IsCancellationRequested) return Problem(499, "client-closed-request", "The client went away.");
        var fault = FaultOf(e);
        if (PageSetup.Fault(context, fault.Status, fault.Code, fault.Detail) is { } page) return page;
        if (fault is { Status: 401 }) context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        if (fault.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
        return Problem(fault.Status, fault.Code, fault.Detail, fault.Errors, fault.Extension);
    }

    /// <summary>What went wrong, as it is said to whoever asked, over HTTP and on a page.</summary>
    public static Fault FaultOf(Exception e)
    {
        switch (e)
        {
            case BadRequestException bad:
                return new(bad.Status, bad.Code, bad.Message, bad.Errors);
            case BadHttpRequestException { StatusCode: 413 }:
                return new(413, "body-too-large", $"The body may hold at most {JsonBody.MostBytes} bytes.");
            case BadHttpRequestException http:
                return Unreadable(http);
            case StaleActivationException or GuardFailedException:
                return new(503, "busy", "Others are changing the same thing; nothing was stored. Try again.", RetryAfter: "1");
            case IdentityProviderUnavailableException:
                return new(503, "identity-provider-unavailable", "The identity provider cannot be reached, so no token can be judged. Try again.", RetryAfter: "5");
            case RegisterBehindException { State: var state }:
                return new(503, "register-behind", state.Pause is { } pause
                    ? $"The registers stand still at {pause.Where} since {Json.Time(pause.Since)}; whoever runs the service has to repair it. Decisions go on. With stale=true a list answers what it knew before."
                    : $"The registers have not seen the latest {state.Behind} events yet. Try again, or with stale=true for what a list knows so far.", null, new { state.Behind }, state.Pause is null ? "1" : "30");
        }

        if (StoreErrors.IsRefusedData(e))
            return new(400, "invalid-text", "The request holds a character that cannot be stored: text is Unicode without NUL and without halves of surrogate pairs.");
        return StoreErrors.IsUnavailable(e) || e is OrleansException
            ? new(503, "store-unavailable", "The event store cannot be reached now. Nothing is allowed meanwhile; try again with the same idempotency key.", RetryAfter: "2")
            : new(500, "internal-error", "Something went wrong that is not the caller's fault; the log has the details under this trace id.");
    }

    /// <summary>The binder's message names the type and the name of the parameter it could not read, and nothing else does.</summary>
    private static Fault Unreadable(BadHttpRequestException e)
    {
        const string Allowed = "numbers are whole numbers, yes and no are true and false, times are written as in RFC 3339 with a zone, such as 2026-01-31T12:00:00Z.";
        return Parameter().Match(e.Message) is { Success: true } match
            ? new(e.StatusCode, "malformed-request", $"{match.Groups["name"].Value} cannot be read: {Allowed}", new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                [System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)] = [Allowed],
            })
            : new(e.StatusCode, "malformed-request", $"The request cannot be read: {Allowed}");
    }

    [GeneratedRegex("^Failed to bind parameter \"[^\"]* (?<name>\\w+)\" from", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    private static int Status(Refusal refusal) => refusal switch
    {
        { Code: "invalid-page" or "invalid-order" } => 400,
        { Code: Precondition.Code } => 412,
        { Kind: RefusalKind.Conflict } => 409,
        { Kind: RefusalKind.Forbidden } => 403,
        { Kind: RefusalKind.NotFound } => 404,
        _ => 422,
    };

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";

    /// <summary>Written whole with its length, so that it leaves in one piece. With a location it is a 201, or a 202 where it was only begun; what the caller has already is a 304.</summary>
    private sealed record JsonAnswer<T>(T Value, string? Location, long? Edition, int Made) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var (bytes, response) = (System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Value, Json.Lenient), httpContext.Response);
            if (Edition is { } edition)
            {
                var tag = EntityTags.Of(edition, bytes);
                (response.Headers.ETag, response.Headers.CacheControl) = (tag, "private, no-cache");
                if (HttpMethods.IsGet(httpContext.Request.Method) && EntityTags.IsKnown(httpContext.Request, tag))
                {
                    response.StatusCode = 304;
                    return Task.CompletedTask;
                }
            }

            if (Location is not null) (response.StatusCode, response.Headers.Location) = (Made, Location);
            (response.ContentType, response.ContentLength) = ("application/json; charset=utf-8", bytes.Length);
            return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
        }
    }
}

/// <summary>What went wrong: status, stable code and a sentence that says what to do.</summary>
internal sealed record Fault(int Status, string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null, object? Extension = null, string? RetryAfter = null);
