package io.clusterspring.samples.chat;

import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The page of the sample in a Chromium of its own.
 */
final class ChatPage implements AutoCloseable {

	// it warns that it has no DevTools protocol for this Chromium, which is not used here
	private static final Logger selenium = Logger.getLogger("org.openqa.selenium");

	private final ChromeDriver driver;

	private ChatPage(ChromeDriver driver) {
		this.driver = driver;
	}

	static ChatPage launch() {
		selenium.setLevel(Level.SEVERE);
		Path chromium = Tool.find("the package chromium", "chromium", "chromium-browser", "google-chrome");
		Path driver = Tool.find("the package chromium-driver", "chromedriver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-dev-shm-usage", "--disable-sync", "--disable-component-update", "--no-first-run",
				"--disable-background-networking", "--no-proxy-server", "--window-size=1000,900",
				"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile())
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		return new ChatPage(new ChromeDriver(service, options));
	}

	/**
	 * Open the page of a node and enter a room through its form. A page that was opened
	 * before remembers its room, which must be left first.
	 */
	ChatPage enter(ChatNode node, String user, String room) {
		return enter(node.url() + "/", user, room);
	}

	ChatPage enterStomp(ChatNode node, String user, String room) {
		return enter(node.url() + "/stomp.html", user, room);
	}

	private ChatPage enter(String url, String user, String room) {
		this.driver.get(url);
		WebElement change = this.driver.findElement(testId("change"));
		if (change.isDisplayed()) {
			change.click();
		}
		type("name", user);
		type("room", room);
		this.driver.findElement(By.cssSelector("[data-testid=join] button")).click();
		ChatNode.eventually().until(() -> state().equals("Connected"));
		return this;
	}

	private void type(String testId, String text) {
		this.driver.findElement(testId(testId)).clear();
		this.driver.findElement(testId(testId)).sendKeys(text);
	}

	void say(String text) {
		type("body", text);
		this.driver.findElement(testId("send")).click();
	}

	boolean canSay() {
		return this.driver.findElement(testId("send")).isEnabled();
	}

	String state() {
		return this.driver.findElement(testId("state")).getText();
	}

	/**
	 * Return the node that the page shows as its own.
	 */
	String self() {
		return this.driver.findElement(testId("self-node")).getText();
	}

	List<String> nodes() {
		return select("[data-testid=nodes] .name", "e => e.innerText", String.class);
	}

	List<String> online() {
		return select("[data-testid=online] .name", "e => e.innerText", String.class);
	}

	/**
	 * Return the people in the room, each as the page shows it.
	 */
	List<String> people() {
		return select("[data-testid=people] li", "e => [...e.children].map((part) => part.innerText).join(' ')",
				String.class);
	}

	/**
	 * Write a text without sending it.
	 */
	void write(String text) {
		type("body", text);
	}

	String typing() {
		return this.driver.findElement(testId("typing")).getText();
	}

	/**
	 * Make the page believe that it is hidden, or visible again.
	 */
	void turnAway(boolean away) {
		this.driver
			.executeScript("Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });"
					+ "document.dispatchEvent(new Event('visibilitychange'))", away);
	}

	List<Line> messages() {
		return select("[data-testid=message]",
				"e => ['author', 'node', 'body'].map((part) => e.querySelector('.' + part).innerText)", List.class)
			.stream()
			.map((parts) -> new Line((String) parts.get(0), (String) parts.get(1), (String) parts.get(2)))
			.toList();
	}

	/**
	 * Return the names of all elements in the messages.
	 */
	List<String> elementsOfMessages() {
		return select("[data-testid=message] *", "e => e.localName", String.class);
	}

	String title() {
		return this.driver.getTitle();
	}

	private <T> List<T> select(String selector, String toValue, Class<T> type) {
		Object found = this.driver
			.executeScript("return [...document.querySelectorAll(arguments[0])].map(" + toValue + ")", selector);
		return ((List<?>) found).stream().map(type::cast).toList();
	}

	private static By testId(String id) {
		return By.cssSelector("[data-testid=" + id + "]");
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * A message as the page shows it.
	 *
	 * @param author the author
	 * @param node the node that published it
	 * @param body the text
	 */
	record Line(String author, String node, String body) {
	}

}
