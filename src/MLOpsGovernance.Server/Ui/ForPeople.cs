namespace MLOpsGovernance.Server.Ui;

/// <summary>
/// Marks endpoints that a person's browser asks: pages, what they are made of, and signing in. There the session's cookie says who calls, and a refusal is a page. Everywhere else it is a
/// token, and the cookie counts for nothing.
/// </summary>
internal sealed class ForPeople
{
    public static bool Asks(HttpContext context) => Asks(context.GetEndpoint());

    public static bool Asks(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<ForPeople>() is not null;
}
