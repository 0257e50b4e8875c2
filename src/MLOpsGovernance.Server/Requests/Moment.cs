namespace MLOpsGovernance.Server.Requests;

/// <summary>A time in a query, by the same rule as in a body: RFC 3339 with a zone.</summary>
internal readonly record struct Moment(DateTimeOffset At)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out Moment moment)
    {
        var understood = Json.TryReadTime(text, out var at);
        moment = new(at);
        return understood;
    }
}
